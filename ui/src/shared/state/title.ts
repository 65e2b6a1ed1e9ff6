/** The title that the browser's tab and a screen reader name a page by. */
import { onActivated, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'

/** Names the page while it is in front; a page that comes back from being kept is named again. */
export function usePageTitle(title: () => string): void {
  const { t } = useI18n()
  const name = () => {
    const words = title()
    document.title = words ? `${words} · ${t('shared.app')}` : t('shared.app')
  }
  watchEffect(name)
  onActivated(name)
}
