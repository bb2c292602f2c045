package io.pagestream.exports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class SvgCanvasTest {
  private final SvgCanvas canvas = new SvgCanvas(40, 30, 0xffffff);

  @Test
  void rectanglesThatContinueOneAnotherAreOne() throws IOException {
    canvas.fill(1, 2, 3, 4, 0x0072b2);
    canvas.fill(1, 6, 3, 2, 0xd55e00);
    canvas.fill(4, 2, 3, 4, 0x0072b2);
    canvas.fill(8, 2, 1, 4, 0x0072b2);
    canvas.fill(8, 2, 0, 4, 0x123456);
    assertThat(written())
        .containsSubsequence(
            "<path fill=\"#ffffff\" d=\"M0 0h40v30h-40z\"/>",
            "<path fill=\"#0072b2\" d=\"M1 2h6v4h-6zM8 2h1v4h-1z\"/>",
            "<path fill=\"#d55e00\" d=\"M1 6h3v2h-3z\"/>")
        .doesNotContain("123456");
  }

  @Test
  void textIsAsWideAsInPixelsAndSafe() throws IOException {
    canvas.text("<b>\u202e", 5, 6, 2, 0x222222);
    canvas.note(1, 2, 3, 4, "\"><script>");
    assertThat(written())
        .contains("<text x=\"5\" y=\"20\" font-size=\"20\" textLength=\"46\" fill=\"#222222\">")
        .contains("&lt;b&gt;", "<title>&quot;&gt;&lt;script&gt;</title>")
        .doesNotContain("<script", "\u202e");
  }

  private String written() throws IOException {
    StringWriter html = new StringWriter();
    canvas.write("a label", html);
    assertThat(html.toString())
        .startsWith("<svg viewBox=\"0 0 40 30\" role=\"img\" aria-label=\"a label\"")
        .endsWith("</svg>\n");
    return html.toString();
  }
}
