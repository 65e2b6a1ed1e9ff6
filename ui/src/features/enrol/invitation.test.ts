import { describe, expect, it } from 'vitest'
import { asAddress, asCode, readLink } from './invitation'

describe('an invitation', () => {
  it.each([
    ['http://192.168.1.20:8787/#/enrol?code=ABCDE-FGHJK', 'http://192.168.1.20:8787', 'ABCDE-FGHJK'],
    ['  https://school.cn/rounds/#/enrol?code=ABCDE-FGHJK ', 'https://school.cn/rounds', 'ABCDE-FGHJK'],
    ['http://127.0.0.1:9/#/enrol?code=A&server=http%3A%2F%2F10.0.0.2%3A8787', 'http://10.0.0.2:8787', 'A'],
  ])('reads the link %s', (link, server, code) => {
    expect(readLink(link)).toEqual({ server, code })
  })

  it.each(['ABCDE-FGHJK', 'http://192.168.1.20:8787', 'ftp://x/#/enrol?code=A', 'http://', ''])(
    'takes %j for no link',
    (text) => expect(readLink(text)).toBeNull(),
  )

  it.each([
    ['192.168.1.20:8787', 'http://192.168.1.20:8787'],
    ['192。168。1。20：8787/', 'http://192.168.1.20:8787'],
    ['https://school.cn/', 'https://school.cn'],
    [' ', ''],
  ])('takes %j for the address %j', (typed, address) => expect(asAddress(typed)).toBe(address))

  it.each([
    [' abcde fghjk ', 'ABCDE-FGHJK'],
    ['abcde－fghjk', 'ABCDE-FGHJK'],
  ])('takes %j for the code %j', (typed, code) => expect(asCode(typed)).toBe(code))
})
