// Preloaded into a process that must not outlive the one that started it, however hard that is killed: their channel tells.
import process from 'node:process';

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
