/** The network between a tablet and its server: it can be cut, or let records through and no photos. */
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export class Road {
  private server: Server | null = null
  private readonly sockets = new Set<Socket>()
  private port = 0
  /** Whether photos are held back. */
  holdsPhotos = false

  /** @param to the address of the server, as it is when a call passes. */
  constructor(private readonly to: () => string) {}

  get address(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Opens the road; always at the same address. */
  async open(): Promise<void> {
    const server = createServer((incoming, outgoing) => {
      if (this.holdsPhotos && incoming.url?.startsWith('/v1/blobs/')) {
        incoming.destroy()
        return
      }
      const target = new URL(incoming.url ?? '/', this.to())
      const passed = request(target, { method: incoming.method, headers: incoming.headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      passed.on('error', () => outgoing.destroy())
      outgoing.on('close', () => passed.destroy())
      incoming.pipe(passed)
    })
    server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
    this.server = server
  }

  /** Cuts the road, with everything that is on it. */
  async close(): Promise<void> {
    const { server } = this
    this.server = null
    for (const socket of this.sockets) socket.destroy()
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }
}
