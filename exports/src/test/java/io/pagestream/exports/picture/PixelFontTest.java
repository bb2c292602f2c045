package io.pagestream.exports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PixelFontTest {
  @Test
  void everyPrintableCharacterHasItsOwnShape() {
    Set<String> shapes = new HashSet<>();
    for (char c = 0x20; c < 0x7f; c++) {
      assertThat(shapes.add(shape(c))).as("character %s", c).isTrue();
    }
    assertThat(shape('L')).isEqualTo("#....\n#....\n#....\n#....\n#....\n#....\n#####\n.....\n");
  }

  @Test
  void whatTheFontLacksIsABox() {
    assertThat(shape('é')).isEqualTo(shape('\u001b')).startsWith("#####\n#...#\n");
  }

  private static String shape(char character) {
    StringBuilder shape = new StringBuilder();
    for (int y = 0; y < PixelFont.HEIGHT; y++) {
      for (int x = 0; x < 5; x++) {
        shape.append(PixelFont.isSet(character, x, y) ? '#' : '.');
      }
      shape.append('\n');
    }
    return shape.toString();
  }
}
