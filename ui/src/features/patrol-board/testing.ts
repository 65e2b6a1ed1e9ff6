/** Windows, walks and days for tests. */
import type { PatrolBoardWindow, PatrolCoverageRow as Row } from '@/backend'

const HOUR = 3_600_000
const MIDNIGHT = Date.parse('2026-11-23T00:00:00Z')

/** A window of four points that nobody has walked. */
export const rowOf = (more: Partial<Row> = {}): Row => ({
  day: '2026-11-23',
  route: 'r',
  route_name: '日巡',
  route_name_en: null,
  window: 'am',
  window_name: '上午',
  window_name_en: null,
  from: MIDNIGHT + 2 * HOUR,
  to: MIDNIGHT + 4 * HOUR,
  points: 4,
  covered: 0,
  on_time: 0,
  late: 0,
  entered: 0,
  short: 0,
  by_hand: 0,
  claimed: 0,
  abnormal: 0,
  missed: ['大门', '操场', '食堂', '锅炉房'],
  missed_en: [null, null, null, null],
  reasons: [[], [], [], []],
  runs: 0,
  heard: true,
  waiting: [],
  state: 'missed',
  nil: 'waiting',
  finding: null,
  ...more,
})

export const windowOf = (more: Partial<PatrolBoardWindow> = {}): PatrolBoardWindow => ({
  ...rowOf(),
  walks: [],
  ...more,
})
