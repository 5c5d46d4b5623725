import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';

/** Says once in the log that the collector is away, and once that it is back: spans are tried every few seconds. */
export class TellingExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #logger: Logger;
  readonly #url: string;
  #failing = false;

  constructor(exporter: SpanExporter, logger: Logger, url: string) {
    this.#exporter = exporter;
    this.#logger = logger;
    this.#url = url;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#exporter.export(spans, (result) => {
      const failed = result.code !== ExportResultCode.SUCCESS;
      if (failed && !this.#failing) {
        this.#logger.warn(
          { err: result.error, url: this.#url },
          'the collector takes no spans; those of this time are lost',
        );
      }
      if (!failed && this.#failing) this.#logger.info({ url: this.#url }, 'the collector takes spans again');
      this.#failing = failed;
      done(result);
    });
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await this.#exporter.shutdown();
  }
}
