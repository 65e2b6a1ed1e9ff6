/** When something that a page shows should be asked for again. */
import { onScopeDispose, watch, type Ref } from 'vue'
import { useBackend } from '@/backend'
import { useIsShown } from './shown'

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
 * A page that is only kept asks nothing: what it would draw, nobody sees. Gives whether it is shown.
 */
export function useNews(ask: () => void, { kinds, gather }: NewsOptions): Readonly<Ref<boolean>> {
  const isShown = useIsShown()
  let timer: ReturnType<typeof setTimeout> | undefined
  const concerns = (changed: readonly string[]) =>
    changed.length === 0 || !kinds || changed.some((kind) => kinds.includes(kind))
  const stop = useBackend().onChange((news) => {
    if (news.type !== 'changed' || !isShown.value || !concerns(news.kinds)) return
    clearTimeout(timer)
    timer = setTimeout(ask, gather)
  })
  watch(
    isShown,
    (shown) => {
      clearTimeout(timer)
      if (shown) ask()
    },
    { flush: 'sync' },
  )
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return isShown
}
