/** When something that a page shows should be asked for again. */
import { onActivated, onDeactivated, onScopeDispose } from 'vue'
import { useBackend } from '@/backend'

export interface NewsOptions {
  /**
   * The kinds of records that matter.
   * @default every kind
   */
  kinds?: readonly string[]
  /** How long news is gathered, in ms. */
  gather: number
}

/**
 * Calls `ask` when there is news, and when a page that was kept behind others is shown again.
 *
 * A page that is only kept asks nothing: what it would draw, nobody sees.
 */
export function useNews(ask: () => void, { kinds, gather }: NewsOptions): void {
  let isShown = true
  let timer: ReturnType<typeof setTimeout> | undefined
  const concerns = (changed: readonly string[]) =>
    changed.length === 0 || !kinds || changed.some((kind) => kinds.includes(kind))
  const stop = useBackend().onChange((news) => {
    if (news.type !== 'changed' || !isShown || !concerns(news.kinds)) return
    clearTimeout(timer)
    timer = setTimeout(ask, gather)
  })
  onDeactivated(() => {
    isShown = false
    clearTimeout(timer)
  })
  onActivated(() => {
    // A page is activated too when it is made; it has asked by then.
    if (!isShown) ask()
    isShown = true
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
}
