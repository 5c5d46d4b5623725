import { graphql } from '../graphql/graphql.ts';

export const SettingList = graphql(`query SettingList { settings { name value isSet secret source meaning } }`);
