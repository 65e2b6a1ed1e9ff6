/** A kindergarten of nine classes and three gates: who works there, who comes, and the lists that a school keeps of them in Excel. */
import type { Page } from '@playwright/test'
import { call } from './page'
import type { Cell } from './spreadsheet'

export const CLASSES = [
  '大一班',
  '大二班',
  '大三班',
  '中一班',
  '中二班',
  '中三班',
  '小一班',
  '小二班',
  '小三班',
]
export const GATES = ['正门', '南门', '后门']
/** Children of one class. */
const OF_A_CLASS = 30
const FROM = new Date('2026-09-01T00:00:00Z')

const SURNAMES = '骆苗邵庄尹柏翟纪祁岑裘蒲蔺郜鄢阮隋霍'
const GIVEN = '知夏 予安 星野 沐辰 听澜 书瑶 亦航 若溪 景行 思齐 乐童 可昕 子墨 一诺 嘉言'.split(' ')

/** Somebody who works here. */
export interface Person {
  id: string
  name: string
  pin: string
}
const person = (at: number, name: string, pin: string): Person => ({
  id: `0197d000-0000-7000-8000-0003000000${at}`,
  name,
  pin,
})
/** Three teachers who hand over at the doors, a guard, and who cooks. */
export const STAFF = {
  lin: person(11, '林老师', '4101'),
  he: person(12, '何老师', '4102'),
  miao: person(13, '苗老师', '4103'),
  guard: person(14, '吴师傅', '4104'),
  cook: person(15, '张桂花', '4105'),
}

/** A child, by its number in the list. */
export interface Pupil {
  class: string
  number: string
  name: string
}
/** Everybody, class by class: no two of one name. */
export const PUPILS: readonly Pupil[] = CLASSES.flatMap((own, room) =>
  Array.from({ length: OF_A_CLASS }, (_, at) => {
    const n = room * OF_A_CLASS + at
    const name = SURNAMES[Math.floor(n / GIVEN.length)]! + GIVEN[n % GIVEN.length]!
    return { class: own, number: `${room + 1}${String(at + 1).padStart(2, '0')}`, name }
  }),
)
/** Who fetches a child. */
export const motherOf = ({ name }: Pupil): string => `${name}妈妈`

/** The class lists as the school keeps them. */
export const classLists = (): Cell[][] => [
  ['班级', '学号', '监护人同意', '姓名', '同意人', '同意日期'],
  ...PUPILS.map((pupil) => [pupil.class, pupil.number, '已同意', pupil.name, '母亲', FROM]),
]
/** Who may fetch whom, as the school keeps it: the child stands there by its name. */
export const pickupList = (): Cell[][] => [
  ['幼儿', '接送人', '关系', '已满18周岁', '电话', '起'],
  ...PUPILS.map((pupil, at) => [
    pupil.name,
    motherOf(pupil),
    '母亲',
    true,
    `139${String(10_000_000 + at)}`,
    FROM,
  ]),
]

/** Sets the school up in its office, before there are children: classes, gates, people. */
export async function setUp(page: Page): Promise<{ gates: string[]; head: string }> {
  await call(page, 'door.begin', {
    campus_name: '中心幼儿园',
    campus_kind: 'kindergarten',
    person_name: '王秀兰',
    password: 'a crate of ripe pears',
  })
  await page.reload()
  await page.locator('h1').first().waitFor()
  const { campuses } = await call<{ campuses: { id: string }[] }>(page, 'campus.list')
  const campus = campuses[0]!.id
  const area = (kind: string) => async (name: string) =>
    (await call<{ id: string }>(page, 'area.save', { name, kind, scope: campus })).id
  const inTurn = async (names: readonly string[], make: (name: string) => Promise<string>) => {
    const made: string[] = []
    for (const name of names) made.push(await make(name))
    return made
  }
  const classes = await inTurn(CLASSES, area('class'))
  const gates = await inTurn(GATES, area('gate'))
  const { lin, he, miao, guard, cook } = STAFF
  for (const [who, role] of [
    [lin, 'teacher'],
    [he, 'teacher'],
    [miao, 'teacher'],
    [guard, 'guard'],
    [cook, 'cook'],
  ] as const) {
    await call(page, 'person.add', { ...who, roles: [role], campus })
    if (role === 'teacher')
      await call(page, 'person.grant', { person: who.id, role, campus, places: classes })
  }
  // Who set it up leads it as well, and so sees its children.
  const { by } = await call<{ by: { id: string } }>(page, 'person.current')
  await call(page, 'person.grant', { person: by.id, role: 'head', campus })
  return { gates, head: by.id }
}
