export const serve = {
  started: 'Aftersight 已启动：{{url}}',
  public: '对外地址：{{url}}，由反向代理转发。',
  data: '数据截至 {{asOf}}，快照 {{snapshot}}。',
  noData: '还没有数据。另开一个终端执行：{{command}}',
  firstRun: '还没有数据，第一次运行刚刚开始。',
  next: '下次定时运行：{{at}}。',
  stop: '按 Ctrl-C 停止。',
  hostRefused:
    '--host {{host}}：别的机器也能访问时，密码不能明文传输。\n  → 在反向代理上启用 TLS，并在 aftersight.yaml 写 public_url: https://… 和 proxy: { address_header: x-forwarded-for }；\n  → 只给本机用就去掉 --host；确实要明文 HTTP，加 --insecure-http。',
  insecure: '没有 TLS：密码和会话会明文传输，路上的人可以看到。只在可信的网络里这样用。',
  portTaken: '端口 {{port}} 已被占用；换一个端口，如 --port {{other}}，或先停掉占用它的程序',
  cannotListen: '无法在 {{host}} 的端口 {{port}} 上提供服务：{{why}}',
  building: '正在构建网页，源码没变就只需一次，大约半分钟 …',
  built: '网页已构建，用时 {{duration}}。',
  buildFailed: '网页构建失败：\n{{output}}',
  notBuilt:
    '网页还没有构建，而构建所需的开发依赖也没有安装。\n  → 执行 npm ci --include=dev 后再启动，或把别处构建好的 build/ 文件夹放进来。',
  outdated: 'build/ 不是由现在的源码构建的，而开发依赖没有安装，所以照旧使用；要更新就先执行 npm ci --include=dev。',
};
