export const auditEn = {
  resources: {
    audit: {
      fields: {
        at: 'When',
        who: 'Who',
        role: 'Role then',
        action: 'Action',
        target: 'About',
        outcome: 'Outcome',
        requestId: 'Request',
        address: 'Address',
        arguments: 'Arguments, without secrets',
        since: 'From',
        until: 'Until',
      },
    },
  },
  audit: {
    done: 'Done',
    download: 'Download as CSV',
    downloading: 'Gathering',
    downloaded: '%{smart_count} entry is in the file |||| %{smart_count} entries are in the file',
    downloaded_part: 'The file has the first %{smart_count} entries. Narrow the filters to have the others.',
  },
};
