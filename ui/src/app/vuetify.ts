/** Vuetify as a toolbox: focus, keyboard, dialogs, virtual lists; its look comes from our tokens. */
import 'vuetify/styles/core'
import { createVuetify } from 'vuetify'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'

const names = {
  background: '--paper',
  surface: '--surface',
  'surface-variant': '--sunk',
  primary: '--accent',
  error: '--fail',
  warning: '--l2',
  success: '--pass',
  info: '--l1',
  'on-background': '--ink',
  'on-surface': '--ink',
  'on-primary': '--on-solid',
} as const

/** The value of each token under a theme, read from the style sheet. */
function tokens(isDark: boolean) {
  const root = document.documentElement
  const was = root.classList.contains('dark')
  root.classList.toggle('dark', isDark)
  const style = getComputedStyle(root)
  const colors = Object.fromEntries(
    Object.entries(names).map(([name, token]) => [name, style.getPropertyValue(token).trim() || '#000000']),
  )
  root.classList.toggle('dark', was)
  return { dark: isDark, colors }
}

/** The toolbox, themed. */
export function makeVuetify(isDark: boolean) {
  return createVuetify({
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    theme: {
      defaultTheme: isDark ? 'night' : 'day',
      themes: { day: tokens(false), night: tokens(true) },
    },
    defaults: {
      global: { ripple: false, elevation: 0 },
      VTextField: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto', color: 'primary' },
      VTextarea: {
        variant: 'outlined',
        density: 'comfortable',
        hideDetails: 'auto',
        color: 'primary',
        autoGrow: true,
      },
      VSelect: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto', color: 'primary' },
    },
  })
}
