/** How this screen looks to the person at it: language and theme; kept on this device alone. */
import { useLocalStorage, usePreferredDark } from '@vueuse/core'
import { computed, watchEffect } from 'vue'

export type Language = 'zh' | 'en'
export type Theme = 'auto' | 'day' | 'night'

const language = useLocalStorage<Language>('rounds-language', 'zh')
const theme = useLocalStorage<Theme>('rounds-theme', 'auto')

/** The language and theme that hold now, and their switches. */
export function useLook() {
  const prefersDark = usePreferredDark()
  const isDark = computed(() => (theme.value === 'auto' ? prefersDark.value : theme.value === 'night'))
  return { language, theme, isDark }
}

/** Keeps the page's own attributes true to the look. */
export function followLook() {
  const { isDark } = useLook()
  watchEffect(() => {
    const root = document.documentElement
    root.classList.toggle('dark', isDark.value)
    root.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  })
}
