import { parentPort, workerData } from 'node:worker_threads';
import type { DeskRequest, DeskThreadData } from './desk-thread.ts';
import { RankerDesk } from './ranker-desk.ts';
import { unpackWorld } from './world.ts';

const { world, settings } = workerData as DeskThreadData;
const desk = new RankerDesk(unpackWorld(world), settings);

// An error ends the thread; whoever waits for the result hears of it.
parentPort?.on('message', (request: DeskRequest) => {
  switch (request.kind) {
    case 'ask':
      return desk.ask(request.modelView, request.cut);
    case 'judge':
      return desk.judge(request.modelView, request.cut);
    case 'fitJudged':
      return desk.fitJudged();
    case 'finish':
      return parentPort?.postMessage(desk.finish());
  }
});
