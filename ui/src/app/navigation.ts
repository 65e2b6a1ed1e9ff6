/** The entries of the rail, for the tablet and for the office. */
import {
  mdiAlertCircleCheckOutline,
  mdiCalendarTodayOutline,
  mdiAccountMultipleOutline,
  mdiClipboardCheckOutline,
  mdiDotsHorizontal,
  mdiMagnify,
  mdiMapMarkerOutline,
  mdiNotebookOutline,
  mdiPrinterOutline,
  mdiPotSteamOutline,
  mdiShieldSearch,
  mdiRoutes,
  mdiSourceMerge,
  mdiTabletCellphone,
  mdiViewDashboardOutline,
} from '@mdi/js'
import type { Permission } from '@/backend'

export interface Entry {
  to: string
  section: string
  icon: string
  /** Left out of a phone's bar, which has room for five; "more" leads there. */
  wide?: boolean
  /** Shown to who may do it. */
  needs?: Permission
}

export const tabletEntries: readonly Entry[] = [
  { to: '/today', section: 'today', icon: mdiCalendarTodayOutline },
  { to: '/patrol', section: 'patrol', wide: true, needs: 'patrol', icon: mdiShieldSearch },
  { to: '/inspections', section: 'inspections', icon: mdiClipboardCheckOutline },
  { to: '/registers', section: 'registers', icon: mdiNotebookOutline },
  { to: '/findings', section: 'findings', icon: mdiAlertCircleCheckOutline },
  { to: '/search', section: 'search', wide: true, icon: mdiMagnify },
  { to: '/more', section: 'more', icon: mdiDotsHorizontal },
]

export const officeEntries: readonly Entry[] = [
  { to: '/board', section: 'board', icon: mdiViewDashboardOutline },
  { to: '/inspections', section: 'inspections', icon: mdiClipboardCheckOutline },
  { to: '/patrol/board', section: 'patrol', wide: true, needs: 'patrol', icon: mdiShieldSearch },
  { to: '/kitchen/board', section: 'meals', wide: true, needs: 'see_reports', icon: mdiPotSteamOutline },
  { to: '/registers', section: 'registers', wide: true, icon: mdiNotebookOutline },
  { to: '/papers', section: 'papers', wide: true, icon: mdiPrinterOutline },
  { to: '/findings', section: 'findings', icon: mdiAlertCircleCheckOutline },
  { to: '/conflicts', section: 'conflicts', wide: true, icon: mdiSourceMerge },
  { to: '/people', section: 'people', icon: mdiAccountMultipleOutline },
  { to: '/areas', section: 'areas', wide: true, icon: mdiMapMarkerOutline },
  { to: '/routes', section: 'routes', wide: true, icon: mdiRoutes },
  { to: '/devices', section: 'devices', wide: true, icon: mdiTabletCellphone },
  { to: '/more', section: 'more', icon: mdiDotsHorizontal },
]

/** The shield with its check, as lines. */
export const logo =
  'M12 2.8 4.6 5.6v5.6c0 4.6 3.1 8.3 7.4 10 4.3-1.7 7.4-5.4 7.4-10V5.6L12 2.8Zm-3.4 9.1 2.5 2.5 4.5-4.7'
