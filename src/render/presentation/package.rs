//! The package of a presentation: its parts, their types and relations, in a zip archive that is the same at every time.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::frame::{BODY, COVER_TEXT, COVER_TITLE, FOOTER, Frame, HEIGHT, NUMBER, RULE, TITLE, WIDTH};
use super::slide::Drawn;
use super::text::tag;
use crate::diagnostic::{Error, Finding, Result};
use crate::render::phrases::Words;
use crate::render::printable::escaped;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACES: &str = r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main""#;
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument";

/// The layouts: name, kind, and whether it is that of the first slide.
const LAYOUTS: [(&str, &str, bool); 2] = [("Cover", "title", true), ("Message", "obj", false)];

struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    fn put(&mut self, path: &str, bytes: &[u8]) -> std::result::Result<(), zip::result::ZipError> {
        // Pictures are packed already.
        let method = if path.ends_with(".png") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        self.zip.start_file(path, options)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }
}

/// Packs slides, the first being the cover.
///
/// # Errors
/// `render-failed`, where the archive cannot be written.
pub fn packed(title: &str, author: &str, slides: &[Drawn], words: &Words) -> Result<Vec<u8>> {
    let failed = |error: zip::result::ZipError| {
        Error::from(Finding::error("render-failed", format!("a presentation could not be packed: {error}")))
    };
    write(title, author, slides, words).map_err(failed)
}

fn write(
    title: &str,
    author: &str,
    slides: &[Drawn],
    words: &Words,
) -> std::result::Result<Vec<u8>, zip::result::ZipError> {
    let mut package = Package { zip: ZipWriter::new(Cursor::new(Vec::new())) };
    package.put("[Content_Types].xml", content_types(slides.len()).as_bytes())?;
    let main = [
        ("officeDocument", "ppt/presentation.xml"),
        ("metadata/core-properties", "docProps/core.xml"),
        ("extended-properties", "docProps/app.xml"),
    ];
    package.put("_rels/.rels", relations(&main).as_bytes())?;
    package.put("docProps/core.xml", core(title, author, words).as_bytes())?;
    package.put("docProps/app.xml", app(slides.len()).as_bytes())?;
    package.put("ppt/presentation.xml", presentation(slides.len(), words).as_bytes())?;
    let mut parts = vec![("slideMaster", "slideMasters/slideMaster1.xml".to_owned())];
    parts.extend((1..=slides.len()).map(|slide| ("slide", format!("slides/slide{slide}.xml"))));
    parts.push(("theme", "theme/theme1.xml".to_owned()));
    package.put("ppt/_rels/presentation.xml.rels", relations(&parts).as_bytes())?;
    package.put("ppt/theme/theme1.xml", include_bytes!("theme.xml"))?;
    package.put("ppt/slideMasters/slideMaster1.xml", master(words).as_bytes())?;
    let mut parts: Vec<(&str, String)> =
        (1..=LAYOUTS.len()).map(|layout| ("slideLayout", format!("../slideLayouts/slideLayout{layout}.xml"))).collect();
    parts.push(("theme", "../theme/theme1.xml".to_owned()));
    package.put("ppt/slideMasters/_rels/slideMaster1.xml.rels", relations(&parts).as_bytes())?;
    let to_master = relations(&[("slideMaster", "../slideMasters/slideMaster1.xml")]);
    for (number, layout) in (1..).zip(LAYOUTS) {
        package.put(&format!("ppt/slideLayouts/slideLayout{number}.xml"), self::layout(layout, words).as_bytes())?;
        package.put(&format!("ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"), to_master.as_bytes())?;
    }
    let mut picture = 0;
    for (number, slide) in (1..).zip(slides) {
        let xml = format!(
            "{HEAD}<p:sld {SPACES}><p:cSld>{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
            slide.tree
        );
        package.put(&format!("ppt/slides/slide{number}.xml"), xml.as_bytes())?;
        let layout = if number == 1 { 1 } else { 2 };
        let mut parts = vec![("slideLayout", format!("../slideLayouts/slideLayout{layout}.xml"))];
        for bytes in &slide.pictures {
            picture += 1;
            parts.push(("image", format!("../media/image{picture}.png")));
            package.put(&format!("ppt/media/image{picture}.png"), bytes)?;
        }
        package.put(&format!("ppt/slides/_rels/slide{number}.xml.rels"), relations(&parts).as_bytes())?;
    }
    Ok(package.zip.finish()?.into_inner())
}

fn content_types(slides: usize) -> String {
    let mut xml = format!(
        r#"{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>"#
    );
    let mut part = |path: &str, kind: &str| {
        let _ = write!(xml, r#"<Override PartName="{path}" ContentType="{kind}"/>"#);
    };
    part("/ppt/presentation.xml", &format!("{TYPES}.presentationml.presentation.main+xml"));
    part("/ppt/slideMasters/slideMaster1.xml", &format!("{TYPES}.presentationml.slideMaster+xml"));
    for layout in 1..=LAYOUTS.len() {
        let kind = format!("{TYPES}.presentationml.slideLayout+xml");
        part(&format!("/ppt/slideLayouts/slideLayout{layout}.xml"), &kind);
    }
    for slide in 1..=slides {
        part(&format!("/ppt/slides/slide{slide}.xml"), &format!("{TYPES}.presentationml.slide+xml"));
    }
    part("/ppt/theme/theme1.xml", &format!("{TYPES}.theme+xml"));
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("/docProps/app.xml", &format!("{TYPES}.extended-properties+xml"));
    xml + "</Types>"
}

/// Relations `rId1`, `rId2` … to parts of these kinds.
fn relations<T: AsRef<str>>(parts: &[(&str, T)]) -> String {
    let mut xml =
        format!(r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for (number, (kind, target)) in (1..).zip(parts) {
        // The properties are those of any package, not of office documents.
        let spaces = if kind.starts_with("metadata/") {
            RELATIONS.replace("officeDocument", "package")
        } else {
            RELATIONS.into()
        };
        let _ = write!(xml, r#"<Relationship Id="rId{number}" Type="{spaces}/{kind}" Target="{}"/>"#, target.as_ref());
    }
    xml + "</Relationships>"
}

fn core(title: &str, author: &str, words: &Words) -> String {
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>{}</dc:language></cp:coreProperties>"#,
        escaped(title),
        escaped(author),
        tag(words, false)
    )
}

fn app(slides: usize) -> String {
    format!(
        r#"{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>sanjeh</Application><PresentationFormat>Widescreen</PresentationFormat><Slides>{slides}</Slides></Properties>"#
    )
}

fn presentation(slides: usize, words: &Words) -> String {
    let mut list = String::new();
    for slide in 0..slides {
        let _ = write!(list, r#"<p:sldId id="{}" r:id="rId{}"/>"#, 256 + slide, 2 + slide);
    }
    let rtl = u8::from(words.right_to_left);
    format!(
        r#"{HEAD}<p:presentation {SPACES} saveSubsetFonts="1" rtl="{rtl}"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>{list}</p:sldIdLst><p:sldSz cx="{WIDTH}" cy="{HEIGHT}"/><p:notesSz cx="{HEIGHT}" cy="{WIDTH}"/></p:presentation>"#
    )
}

/// A placeholder of the master or of a layout.
fn placeholder(number: u32, name: &str, kind: &str, frame: Frame, words: &Words, anchor: &str) -> String {
    let text = if name == "Slide Number" {
        format!(
            r#"<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{}"/><a:t>1</a:t></a:fld>"#,
            tag(words, false)
        )
    } else {
        String::new()
    };
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr rtlCol="{}" anchor="{anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p>{text}<a:endParaRPr lang="{}"/></a:p></p:txBody></p:sp>"#,
        frame.mirrored(words.right_to_left).transform("a:xfrm"),
        u8::from(words.right_to_left),
        tag(words, false)
    )
}

/// Shapes that master and layouts share: title, text, foot and number, and the line below the title.
fn shapes(words: &Words, cover: bool) -> String {
    let (title, text) = if cover { (COVER_TITLE, COVER_TEXT) } else { (TITLE, BODY) };
    let mut xml = String::from(
        r#"<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>"#,
    );
    xml += &placeholder(2, "Title", r#"type="title""#, title, words, if cover { "b" } else { "ctr" });
    xml += &placeholder(3, "Text", r#"type="body" idx="1""#, text, words, "t");
    xml += &placeholder(4, "Footer", r#"type="ftr" sz="quarter" idx="11""#, FOOTER, words, "ctr");
    xml += &placeholder(5, "Slide Number", r#"type="sldNum" sz="quarter" idx="12""#, NUMBER, words, "ctr");
    let rule = if cover { Frame { x: COVER_TITLE.x, y: 3_530_000, width: 2_400_000, height: 0 } } else { RULE };
    let _ = write!(
        xml,
        r#"<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="6" name="Line 6"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr>{}<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{}"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></a:ln></p:spPr></p:cxnSp>"#,
        rule.mirrored(words.right_to_left).transform("a:xfrm"),
        if cover { 38_100 } else { 12_700 }
    );
    xml + "</p:spTree>"
}

fn layout((name, kind, cover): (&str, &str, bool), words: &Words) -> String {
    format!(
        r#"{HEAD}<p:sldLayout {SPACES} type="{kind}" preserve="1" showMasterSp="0"><p:cSld name="{name}">{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"#,
        shapes(words, cover)
    )
}

fn master(words: &Words) -> String {
    let (rtl, align) = if words.right_to_left { (1, "r") } else { (0, "l") };
    let fonts = |face: &str| {
        format!(r#"<a:latin typeface="+{face}-lt"/><a:ea typeface="+{face}-ea"/><a:cs typeface="+{face}-cs"/>"#)
    };
    let level = |level: u32, size: u32, colour: &str, face: &str| {
        format!(
            r#"<a:lvl{level}pPr marL="0" indent="0" algn="{align}" defTabSz="914400" rtl="{rtl}" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:buNone/><a:defRPr sz="{size}" kern="1200"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>{}</a:defRPr></a:lvl{level}pPr>"#,
            fonts(face)
        )
    };
    let levels = |size: u32| (1..=5).map(|each| level(each, size, "tx1", "mn")).collect::<String>();
    let mut layouts = String::new();
    for layout in 1..=LAYOUTS.len() {
        let _ = write!(layouts, r#"<p:sldLayoutId id="{}" r:id="rId{layout}"/>"#, 2_147_483_648 + layout as u64);
    }
    format!(
        r#"{HEAD}<p:sldMaster {SPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>{}</p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst><p:txStyles><p:titleStyle>{}</p:titleStyle><p:bodyStyle>{}</p:bodyStyle><p:otherStyle>{}</p:otherStyle></p:txStyles></p:sldMaster>"#,
        shapes(words, false),
        level(1, 2600, "tx1", "mj"),
        levels(1800),
        levels(1200),
    )
}
