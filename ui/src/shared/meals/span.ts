/** How long a sample must still be kept. */
const MINUTE_MS = 60_000

/** `47:58`: hours and minutes, up to the minute, so that nothing looks over before it is. */
export function hoursAndMinutes(ms: number): string {
  const minutes = Math.ceil(Math.max(0, ms) / MINUTE_MS)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
