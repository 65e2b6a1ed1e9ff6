/** A screen that stays on while work is under way, where the browser can keep it on. */
import { onScopeDispose, watch } from 'vue'

/** What of the browser is used. */
export interface AwakePort {
  request: (type: 'screen') => Promise<{ release: () => Promise<void> }>
}

/**
 * Keeps the screen on while the component stands and `isWanted` says so.
 *
 * The browser lets go of it whenever the page is out of sight; it is asked again when the page is back.
 */
export function useAwake(
  isWanted: () => boolean,
  port: AwakePort | undefined = (navigator as { wakeLock?: AwakePort }).wakeLock,
): void {
  if (!port) return
  const lock = port
  let turn = 0
  let release: (() => Promise<void>) | null = null

  async function hold() {
    const mine = ++turn
    letGo()
    if (!isWanted() || document.visibilityState !== 'visible') return
    try {
      const held = await lock.request('screen')
      // It may not be wanted any more by now.
      if (mine !== turn) return void held.release().catch(() => {})
      release = () => held.release()
    } catch {
      // The battery is low, or it is not allowed: the screen goes off as always.
    }
  }
  function letGo() {
    void release?.().catch(() => {})
    release = null
  }
  const again = () => void hold()
  watch(isWanted, again, { immediate: true })
  document.addEventListener('visibilitychange', again)
  onScopeDispose(() => {
    turn += 1
    letGo()
    document.removeEventListener('visibilitychange', again)
  })
}
