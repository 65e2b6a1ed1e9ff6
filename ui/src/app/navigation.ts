/** The entries of the rail, for the tablet and for the office. */
import {
  mdiAccountCheckOutline,
  mdiAlertCircleCheckOutline,
  mdiCalendarTodayOutline,
  mdiAccountMultipleOutline,
  mdiClipboardCheckOutline,
  mdiDotsHorizontal,
  mdiGate,
  mdiMagnify,
  mdiMapMarkerOutline,
  mdiNotebookOutline,
  mdiPrinterOutline,
  mdiPotSteamOutline,
  mdiShieldSearch,
  mdiSilverwareForkKnife,
  mdiRoutes,
  mdiSourceMerge,
  mdiTabletCellphone,
  mdiViewDashboardOutline,
} from '@mdi/js'
import type { Permission } from '@/backend'
import { SEERS as MEAL_SEERS } from '@/features/meals/model/seers'

/** How much room there is: a phone's bar holds five entries, an upright tablet's eight, and a rail all of them. */
export type Room = 'phone' | 'tablet' | 'rail'

export interface Entry {
  to: string
  section: string
  icon: string
  /** The least room in which it stands; where there is less, "more" leads there. */
  from?: Exclude<Room, 'phone'>
  /** Shown to who may do one of these. */
  needs?: readonly Permission[]
}

const MEALS: Entry = {
  to: '/meals',
  section: 'meals',
  from: 'tablet',
  needs: MEAL_SEERS,
  icon: mdiSilverwareForkKnife,
}

export const tabletEntries: readonly Entry[] = [
  { to: '/today', section: 'today', icon: mdiCalendarTodayOutline },
  { to: '/patrol', section: 'patrol', from: 'tablet', needs: ['patrol'], icon: mdiShieldSearch },
  {
    to: '/handover',
    section: 'handover',
    from: 'rail',
    needs: ['hand_over_children'],
    icon: mdiAccountCheckOutline,
  },
  { to: '/gate', section: 'gate', from: 'rail', needs: ['register_visitors'], icon: mdiGate },
  MEALS,
  { to: '/inspections', section: 'inspections', icon: mdiClipboardCheckOutline },
  { to: '/registers', section: 'registers', icon: mdiNotebookOutline },
  { to: '/findings', section: 'findings', icon: mdiAlertCircleCheckOutline },
  { to: '/search', section: 'search', from: 'tablet', icon: mdiMagnify },
  { to: '/more', section: 'more', icon: mdiDotsHorizontal },
]

export const officeEntries: readonly Entry[] = [
  { to: '/board', section: 'board', icon: mdiViewDashboardOutline },
  { to: '/inspections', section: 'inspections', icon: mdiClipboardCheckOutline },
  { to: '/patrol/board', section: 'patrol', from: 'tablet', needs: ['patrol'], icon: mdiShieldSearch },
  {
    to: '/kitchen/board',
    section: 'meals',
    from: 'tablet',
    needs: ['see_reports'],
    icon: mdiPotSteamOutline,
  },
  { to: '/registers', section: 'registers', from: 'rail', icon: mdiNotebookOutline },
  { to: '/papers', section: 'papers', from: 'tablet', icon: mdiPrinterOutline },
  { to: '/findings', section: 'findings', icon: mdiAlertCircleCheckOutline },
  { to: '/conflicts', section: 'conflicts', from: 'rail', icon: mdiSourceMerge },
  { to: '/people', section: 'people', icon: mdiAccountMultipleOutline },
  { to: '/areas', section: 'areas', from: 'rail', icon: mdiMapMarkerOutline },
  { to: '/routes', section: 'routes', from: 'rail', icon: mdiRoutes },
  { to: '/devices', section: 'devices', from: 'rail', icon: mdiTabletCellphone },
  { to: '/more', section: 'more', icon: mdiDotsHorizontal },
]

const ROOMS: readonly Room[] = ['phone', 'tablet', 'rail']

/** The entries for which there is room, of those that somebody may open. */
export const entriesIn = (
  entries: readonly Entry[],
  room: Room,
  may: (permission: Permission) => boolean,
): readonly Entry[] =>
  entries.filter(
    ({ from, needs }) => ROOMS.indexOf(from ?? 'phone') <= ROOMS.indexOf(room) && (!needs || needs.some(may)),
  )

/** The shield with its check, as lines. */
export const logo =
  'M12 2.8 4.6 5.6v5.6c0 4.6 3.1 8.3 7.4 10 4.3-1.7 7.4-5.4 7.4-10V5.6L12 2.8Zm-3.4 9.1 2.5 2.5 4.5-4.7'
