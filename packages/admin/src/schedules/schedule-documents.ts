import { graphql } from '../graphql/graphql.ts';

export const ScheduleRow = graphql(`
  fragment ScheduleRow on Schedule {
    __typename id uuid name pipeline cron timeZone enabled request createdAt error
    dueTimes(count: 5)
    runs(first: 5) { dueAt startedAt manual missed error job { id status pipeline } }
  }
`);

export const ScheduleList = graphql(`query ScheduleList { schedules { ...ScheduleRow } }`, [ScheduleRow]);

export const CreateSchedule = graphql(
  `mutation CreateSchedule($name: String!, $pipeline: String!, $request: Json!, $cron: String!, $timeZone: String) {
    result: createSchedule(name: $name, pipeline: $pipeline, request: $request, cron: $cron, timeZone: $timeZone) {
      __typename
      ... on Schedule { ...ScheduleRow }
      ... on DomainError { code message details }
      ... on InvalidInputError { field }
    }
  }`,
  [ScheduleRow],
);

export const SwitchSchedule = graphql(
  `mutation SwitchSchedule($id: ID!, $enabled: Boolean!) {
    result: updateSchedule(id: $id, enabled: $enabled) {
      __typename
      ... on Schedule { ...ScheduleRow }
      ... on DomainError { code message details }
    }
  }`,
  [ScheduleRow],
);

export const RunSchedule = graphql(`
  mutation RunSchedule($id: ID!) {
    result: runSchedule(id: $id) {
      __typename
      ... on ScheduleRun { error job { id } }
      ... on DomainError { code message details }
    }
  }
`);

export const DeleteSchedule = graphql(`
  mutation DeleteSchedule($id: ID!) {
    result: deleteSchedule(id: $id) {
      __typename
      ... on Schedule { id }
      ... on DomainError { code message details }
    }
  }
`);
