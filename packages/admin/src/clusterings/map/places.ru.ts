import type { Messages } from '../../i18n/messages.ts';
import type { placesEn } from './places.en.ts';

export const placesRu: Messages<typeof placesEn> = {
  places: {
    swapped: 'В столбцах %{latitude} и %{longitude} значения перепутаны местами: на карте они показаны наоборот.',
    suspected:
      'В %{smart_count} строке широта и долгота, похоже, переставлены; она показана там, где её ставит таблица. |||| В %{smart_count} строках широта и долгота, похоже, переставлены; они показаны там, где их ставит таблица. |||| В %{smart_count} строках широта и долгота, похоже, переставлены; они показаны там, где их ставит таблица.',
    faulty:
      'У %{smart_count} строки из %{rows} нет места на карте |||| У %{smart_count} строк из %{rows} нет места на карте |||| У %{smart_count} строк из %{rows} нет места на карте',
    missing: '%{smart_count} без координат |||| %{smart_count} без координат |||| %{smart_count} без координат',
    out_of_range:
      '%{smart_count} вне допустимых значений |||| %{smart_count} вне допустимых значений |||| %{smart_count} вне допустимых значений',
    zero: '%{smart_count} в точке 0, 0 в море |||| %{smart_count} в точке 0, 0 в море |||| %{smart_count} в точке 0, 0 в море',
    show: 'Какие строки',
    hide: 'Скрыть строки',
    row: 'Строка',
    what: 'Что не так',
    on_map: 'К строке %{row} на карте',
    exchanged: 'похоже, переставлены: %{latitude}, %{longitude}',
    fault: { missing: 'нет координат', out_of_range: 'вне допустимых значений', zero: 'точка 0, 0' },
    first: 'Показаны первые.',
  },
};
