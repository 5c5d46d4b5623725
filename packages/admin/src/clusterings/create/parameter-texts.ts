import { LateTexts, useLateTexts } from '../../i18n/late-texts.ts';
import { readable } from '../method-name.ts';

/**
 * What the forms say of parameters and of values to choose. A key is the parameter or value, or has before it the method or parameter where
 * that one means something of its own: `n_components`, `umap.n_components`.
 */
export interface ParameterTexts {
  readonly names: Readonly<Record<string, string>>;
  readonly helps: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  /** What the service says of a wrong value, in English, and what that means here. */
  readonly problems: readonly (readonly [said: RegExp, here: string])[];
}

export interface ParameterWords {
  name(method: string, parameter: string): string;
  /** @param schemas what the schema says, in English; where nobody has said it otherwise, that is told. */
  help(method: string, parameter: string, schemas: string): string;
  option(parameter: string, value: string): string;
  /** @param said what the service says of a wrong value. */
  problem(said: string): string;
}

const WORDS = new LateTexts<ParameterWords>({
  en: async () => parameterWords((await import('./parameter-texts.en.ts')).parameterTextsEn),
  ru: async () => parameterWords((await import('./parameter-texts.ru.ts')).parameterTextsRu),
});

export const useParameterWords = (): ParameterWords => useLateTexts(WORDS);

export function parameterWords({ names, helps, options, problems }: ParameterTexts): ParameterWords {
  const of = (texts: Readonly<Record<string, string>>, owner: string, name: string) =>
    texts[`${owner}.${name}`] ?? texts[name];
  return {
    name: (method, parameter) => of(names, method, parameter) ?? readable(parameter),
    help: (method, parameter, schemas) => of(helps, method, parameter) ?? schemas,
    option: (parameter, value) => of(options, parameter, value) ?? readable(value),
    problem(said) {
      const [pattern, here] = problems.find(([pattern]) => pattern.test(said)) ?? [];
      return pattern === undefined || here === undefined ? said : said.replace(pattern, here);
    },
  };
}
