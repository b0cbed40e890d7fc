// Runs inside a network namespace: pipes a Unix socket to a TCP port there. Unix sockets do not belong to a namespace.
import { connect, createServer } from 'node:net';

const [socketPath = '', host = '', port = ''] = process.argv.slice(2);

const server = createServer((near) => {
  const far = connect(Number(port), host);
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
});
server.listen(socketPath, () => console.log('ready'));
