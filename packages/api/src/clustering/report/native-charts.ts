/**
 * Bar charts that spreadsheets draw themselves (ECMA-376, DrawingML charts), put beside the pictures of the workbook's one sheet that has
 * any: exceljs writes everything else, but no charts.
 */
import JsZip from 'jszip';

export interface NativeChart {
  readonly title: string;
  /** References such as `'Chart data'!$A$2:$A$4`. */
  readonly categories: string;
  /** `colour` as #rrggbb. */
  readonly series: readonly { readonly name: string; readonly values: string; readonly colour: string }[];
  /** The axis of values begins at 0. */
  readonly fromZero?: boolean;
  /** In cells of the sheet. */
  readonly place: { readonly column: number; readonly row: number; readonly columns: number; readonly rows: number };
}

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CHART_NAMESPACE = 'http://schemas.openxmlformats.org/drawingml/2006/chart';
const CHART_TYPE = 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml';
const DRAWING = 'xl/drawings/drawing1.xml';
const DRAWING_LINKS = 'xl/drawings/_rels/drawing1.xml.rels';
const TYPES = '[Content_Types].xml';

export async function withNativeCharts(workbook: Buffer, charts: readonly NativeChart[], at: Date): Promise<Buffer> {
  const zip = await JsZip.loadAsync(workbook);
  const read = async (name: string) => (await zip.file(name)?.async('string')) ?? '';
  const drawing = await read(DRAWING);
  const links = await read(DRAWING_LINKS);
  if (drawing !== '') {
    const ids = charts.map((_, chart) => `chart${chart + 1}`);
    charts.forEach((chart, place) => {
      zip.file(`xl/charts/${ids[place]}.xml`, chartXml(chart));
    });
    const anchors = charts.map((chart, place) => anchorXml(chart, ids[place], 1000 + place)).join('');
    zip.file(DRAWING, drawing.replace('</xdr:wsDr>', `${anchors}</xdr:wsDr>`));
    const found = ids
      .map((id) => `<Relationship Id="${id}" Type="${RELATIONSHIPS}/chart" Target="../charts/${id}.xml"/>`)
      .join('');
    zip.file(DRAWING_LINKS, links.replace('</Relationships>', `${found}</Relationships>`));
    const types = ids.map((id) => `<Override PartName="/xl/charts/${id}.xml" ContentType="${CHART_TYPE}"/>`).join('');
    zip.file(TYPES, (await read(TYPES)).replace('</Types>', `${types}</Types>`));
  }
  // The same report has the same bytes, whenever it is written.
  for (const file of Object.values(zip.files)) file.date = at;
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

const reference = (tag: string, kind: 'strRef' | 'numRef', range: string): string =>
  `<c:${tag}><c:${kind}><c:f>${escaped(range)}</c:f></c:${kind}></c:${tag}>`;

function chartXml({ title, categories, series, fromZero }: NativeChart): string {
  const bars = series
    .map(
      ({ name, values, colour }, at) =>
        `<c:ser><c:idx val="${at}"/><c:order val="${at}"/>${reference('tx', 'strRef', name)}<c:spPr><a:solidFill><a:srgbClr val="${colour.slice(1)}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>${reference('cat', 'strRef', categories)}${reference('val', 'numRef', values)}</c:ser>`,
    )
    .join('');
  const text = `<c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="en" sz="1200" b="1"/><a:t>${escaped(title)}</a:t></a:r></a:p></c:rich></c:tx>`;
  const axis = (tag: 'catAx' | 'valAx', id: number, other: number, place: string) =>
    `<c:${tag}><c:axId val="${id}"/><c:scaling><c:orientation val="minMax"/>${tag === 'valAx' && fromZero ? '<c:min val="0"/>' : ''}</c:scaling><c:delete val="0"/><c:axPos val="${place}"/>${tag === 'valAx' ? '<c:majorGridlines/>' : ''}<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="${other}"/></c:${tag}>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="${CHART_NAMESPACE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${RELATIONSHIPS}"><c:chart><c:title>${text}<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>${bars}<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>${axis('catAx', 1, 2, 'b')}${axis('valAx', 2, 1, 'l')}</c:plotArea>${series.length > 1 ? '<c:legend><c:legendPos val="r"/><c:overlay val="0"/></c:legend>' : ''}<c:plotVisOnly val="1"/></c:chart></c:chartSpace>`;
}

function anchorXml({ title, place }: NativeChart, id: string, shape: number): string {
  const corner = (tag: string, column: number, row: number) =>
    `<xdr:${tag}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${tag}>`;
  return `<xdr:twoCellAnchor>${corner('from', place.column, place.row)}${corner('to', place.column + place.columns, place.row + place.rows)}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${shape}" name="${escaped(title)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" x="0" y="0"/><a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" cx="0" cy="0"/></xdr:xfrm><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="${CHART_NAMESPACE}"><c:chart xmlns:c="${CHART_NAMESPACE}" xmlns:r="${RELATIONSHIPS}" r:id="${id}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`;
}
