import { han, hanWithout } from './han.ts';
import { literal } from './sql.ts';

const space = String.raw`[ \t\x{3000}]`;
/** Matches, fast, every text in which `maskNamesSql` may find something. */
export const mayHoldName = '(?:收件人|收货人|寄件人|联系人|姓名|户名|持卡人)';
const label = `${mayHoldName}(?:姓名|名字)?`;
const colon = `${space}*[:：]${space}*`;
const surname =
  '(?:欧阳|司马|上官|诸葛|皇甫|令狐|慕容|司徒|夏侯|东方|公孙|尉迟|端木|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边沙尚裘党宫仇邬肖闫付代蓝岑蒲戚褚娄滕冷蔺卓占丘晏练官岩练佟])';
/** After a colon any name, also of a rare family; these begin an answer that names nobody. */
const beginsName = hanWithout('不没无同客跟原还本随未见和都我你他她它这那写填错改是有先匿收电手地寄就按照请麻谁自默在');
const stop = String.raw`(?:[^一-鿿]|$|先生|女士|小姐|电话|手机|号码|联系|地址|收货|收件|收$|谢谢|麻烦|改|的)`;
const foreign = `${han}{2,6}(?:[·•・]${han}{1,7})+|[A-Za-z][A-Za-z .]{0,18}[A-Za-z]`;

const patterns = [
  `(${label}${colon})(?:${foreign}|${beginsName}${han}{1,3}?)(${stop})`,
  `(${label}${colon})${surname}${han}{1,2}()`,
  `(${label}(?:${space}+|是|叫|为|改成|改为|换成))(?:${foreign}|${surname}${han}{1,2}?)(${stop})`,
];

/** Where it does not match, `maskNamesSql` changes nothing. */
export const holdsName = patterns.join('|');

/** Writes the SQL that replaces names that a label announces; names in running text cannot be told from other words. */
export function maskNamesSql(text: string): string {
  return patterns.reduce((sql, pattern) => `regexp_replace(${sql}, ${literal(pattern)}, '\\1［姓名］\\2', 'g')`, text);
}
