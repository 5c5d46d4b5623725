import { Title } from 'react-admin';

export default function Overview() {
  return <Title title="overview.title" />;
}
