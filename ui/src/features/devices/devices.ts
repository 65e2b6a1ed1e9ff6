/** Tablets, and the code that connects a new one, apart from any screen. */
import type { Code as EnrolCode, DeviceView as Device } from '@/backend'

export type { Device, EnrolCode }

/** What a tablet can be there for, and the compartments that the work needs. */
const HOLDS = {
  gate: ['children', 'gate'],
  class: ['children'],
  kitchen: [],
  patrol: [],
  store: [],
  office: ['confidential'],
} as const
export type Serves = keyof typeof HOLDS
export type Hold = 'children' | 'gate' | 'confidential'

/** In the order of the form. */
export const SERVES = Object.keys(HOLDS) as readonly Serves[]
const ALL: readonly Hold[] = ['children', 'gate', 'confidential']

/** The compartments that a tablet for this work will hold; all where nothing was chosen. */
export function holdsOf(serves: readonly Serves[]): readonly Hold[] {
  const isNeeded = (hold: Hold) => serves.some((one) => (HOLDS[one] as readonly Hold[]).includes(hold))
  return serves.length === 0 ? ALL : ALL.filter(isNeeded)
}

/** The compartments of a tablet, of those that have a name here. */
export const heldBy = ({ holds }: Pick<Device, 'holds'>): readonly Hold[] =>
  ALL.filter((hold) => holds.includes(hold))

/** How long a tablet may be silent before somebody should look: two days cover a weekend without a patrol. */
export const SILENT_MS = 2 * 86_400_000
/** Heard within this time, a tablet counts as connected. */
export const JUST_NOW_MS = 3 * 60_000

export type Heard = 'now' | 'lately' | 'silent' | 'never'

/** How a tablet's last word is to be taken. */
export function heard(device: Pick<Device, 'last_seen_at'>, now: number): Heard {
  if (device.last_seen_at == null) return 'never'
  const ago = now - device.last_seen_at
  if (ago < JUST_NOW_MS) return 'now'
  return ago < SILENT_MS ? 'lately' : 'silent'
}

/** The tablets that may still come in, the last heard first; and those that may not. The office's own replica is none. */
export function sorted(devices: readonly Device[]): { active: Device[]; revoked: Device[] } {
  const tablets = devices
    .filter(({ role }) => role !== 'office')
    .sort(
      (one, other) =>
        (other.last_seen_at ?? 0) - (one.last_seen_at ?? 0) || one.name.localeCompare(other.name),
    )
  return {
    active: tablets.filter(({ revoked }) => !revoked),
    revoked: tablets.filter(({ revoked }) => revoked),
  }
}

/** What is left of a code's life, as `23:59:59` or `59:59`. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const two = (n: number) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`
}
