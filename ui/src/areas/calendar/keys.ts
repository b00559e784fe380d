// The keys of month and week: arrows go from day to day and turn the page at its edge, Enter opens, N writes.
import type { Board } from './board.svelte';
import { addDays, addMonths, type Day, monday } from './civil';

export interface Ways {
  /** Days that up and down go; in the week they change the hour instead. */
  up: number;
  down: number;
  hours?: boolean;
  focus: (day: Day, hour: number) => void;
  enter: () => void;
}

/** For `onkeydown` of the grid. Keys pressed on a post or a button inside a day go on to the arrows, not to Enter. */
export function arrows(event: KeyboardEvent, board: Board, ways: Ways): void {
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  let day = board.cursor;
  let hour = board.hour;
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const upright = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const turned = { PageUp: -1, PageDown: 1 }[event.key];
  if (sideways) day = addDays(day, sideways);
  else if (upright && ways.hours) hour = Math.max(0, Math.min(23, hour + upright));
  else if (upright) day = addDays(day, upright < 0 ? ways.up : ways.down);
  else if (turned) day = ways.hours ? addDays(day, turned * 7) : addMonths(day, turned);
  else if (event.key === 'Home') day = monday(day);
  else if (event.key === 'End') day = addDays(monday(day), 6);
  else if (event.key === 'Enter' && (event.target as HTMLElement).getAttribute('role') === 'gridcell') {
    event.preventDefault();
    ways.enter();
    return;
  } else return;
  event.preventDefault();
  event.stopPropagation();
  board.cursor = day;
  board.hour = hour;
  board.follow(day);
  requestAnimationFrame(() => ways.focus(day, hour));
}
