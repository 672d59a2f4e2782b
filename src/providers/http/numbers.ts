/** The longest delay of the platform's timers; beyond it, a timer fires at once. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1;
