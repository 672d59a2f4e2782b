/** A duration, up to 10 % shorter or longer. */
export function jittered(duration: number): number {
  return duration * (0.9 + Math.random() * 0.2);
}
