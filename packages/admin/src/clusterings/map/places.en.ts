export const placesEn = {
  places: {
    swapped:
      'The columns %{latitude} and %{longitude} hold each what the other is named for: the map shows them exchanged.',
    suspected:
      'In one row latitude and longitude are likely exchanged; it is shown where the table has it. |||| In %{smart_count} rows latitude and longitude are likely exchanged; they are shown where the table has them.',
    faulty: 'One row of %{rows} has no place on the map |||| %{smart_count} rows of %{rows} have no place on the map',
    missing: 'one without coordinates |||| %{smart_count} without coordinates',
    out_of_range: 'one out of range |||| %{smart_count} out of range',
    zero: 'one at 0, 0 in the sea |||| %{smart_count} at 0, 0 in the sea',
    show: 'Which rows',
    hide: 'Hide the rows',
    row: 'Row',
    what: 'What is amiss',
    on_map: 'To row %{row} on the map',
    exchanged: 'likely exchanged: %{latitude}, %{longitude}',
    fault: { missing: 'no coordinates', out_of_range: 'out of range', zero: 'at 0, 0' },
    first: 'The first of them.',
  },
};
