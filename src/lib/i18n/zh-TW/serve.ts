import type { serve as Source } from '../zh-CN/serve.ts';

type Serve = typeof Source;

export const serve: Serve = {
  started: 'Aftersight 已啟動：{{url}}',
  public: '對外位址：{{url}}，由反向代理轉發。',
  data: '資料截至 {{asOf}}，快照 {{snapshot}}。',
  noData: '還沒有資料。另開一個終端機執行：{{command}}',
  firstRun: '還沒有資料，第一次執行剛剛開始。',
  next: '下次排程執行：{{at}}。',
  stop: '按 Ctrl-C 停止。',
  hostRefused:
    '--host {{host}}：別的機器也能存取時，密碼不能明文傳輸。\n  → 在反向代理上啟用 TLS，並在 aftersight.yaml 寫 public_url: https://… 和 proxy: { address_header: x-forwarded-for }；\n  → 只給本機用就去掉 --host；確實要明文 HTTP，加 --insecure-http。',
  insecure: '沒有 TLS：密碼和工作階段會明文傳輸，路上的人可以看到。只在可信的網路裡這樣用。',
  portTaken: '連接埠 {{port}} 已被占用；換一個，如 --port {{other}}，或先停掉占用它的程式',
  cannotListen: '無法在 {{host}} 的連接埠 {{port}} 上提供服務：{{why}}',
  building: '正在建置網頁，原始碼沒變就只需一次，大約半分鐘 …',
  built: '網頁已建置，用時 {{duration}}。',
  buildFailed: '網頁建置失敗：\n{{output}}',
  notBuilt:
    '網頁還沒有建置，而建置所需的開發套件也沒有安裝。\n  → 執行 npm ci --include=dev 後再啟動，或把別處建置好的 build/ 資料夾放進來。',
  outdated: 'build/ 不是由現在的原始碼建置的，而開發套件沒有安裝，所以照舊使用；要更新就先執行 npm ci --include=dev。',
};
