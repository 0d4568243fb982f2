// Ends with the process that started it, whose end of the pipe is then closed.
process.stdin.on('end', () => process.exit()).resume();
// It ends at a client that hangs up in the middle of a request, as a job does that fails.
process.on('uncaughtException', (error) => {
  if (error.code !== 'ECONNRESET') {
    throw error;
  }
});
const server = require('kinesalite')({
  createStreamMs: 20,
  deleteStreamMs: 20,
  updateStreamMs: 20,
  shardLimit: 1000,
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
