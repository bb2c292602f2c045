package io.pagestream.schemas.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PageBitmapTest {
  @Test
  void settingAndClearingAPageChangesThatPageAlone() {
    for (int page = 0; page < 20; page++) {
      ByteBuffer bitmap = PageBitmap.allocate(20);
      PageBitmap.set(bitmap, page);
      for (int other = 0; other < 20; other++) {
        assertThat(PageBitmap.isSet(bitmap, other)).isEqualTo(other == page);
      }
      assertThat(PageBitmap.count(bitmap)).isEqualTo(1);
      PageBitmap.set(bitmap, (page + 1) % 20);
      PageBitmap.clear(bitmap, page);
      assertThat(PageBitmap.isSet(bitmap, page)).isFalse();
      assertThat(PageBitmap.isSet(bitmap, (page + 1) % 20)).isTrue();
    }
  }

  @Test
  void theLowestBitOfAByteIsItsFirstPage() {
    ByteBuffer bitmap = ByteBuffer.wrap(new byte[] {0, 1});
    assertThat(PageBitmap.isSet(bitmap, 8)).isTrue();
    assertThat(PageBitmap.count(bitmap)).isEqualTo(1);
  }

  @Test
  void aBitmapHasAByteForEveryEightPages() {
    assertThat(PageBitmap.allocate(0).remaining()).isZero();
    assertThat(PageBitmap.allocate(1).remaining()).isEqualTo(1);
    assertThat(PageBitmap.allocate(8).remaining()).isEqualTo(1);
    assertThat(PageBitmap.allocate(9).remaining()).isEqualTo(2);
  }

  @Test
  void pagesBeyondTheBitmapAreNotSet() {
    ByteBuffer bitmap = ByteBuffer.wrap(new byte[] {-1});
    assertThat(PageBitmap.isSet(bitmap, 7)).isTrue();
    assertThat(PageBitmap.isSet(bitmap, 8)).isFalse();
    assertThat(PageBitmap.isSet(PageBitmap.empty(), 0)).isFalse();
    assertThat(PageBitmap.count(PageBitmap.empty())).isZero();
  }

  @Test
  void aBitmapInTheMiddleOfABufferBeginsAtItsPosition() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {-1, 0, 0, -1});
    buffer.position(1).limit(3);
    PageBitmap.set(buffer, 9);
    assertThat(buffer.array()).containsExactly(-1, 0, 2, -1);
    assertThat(PageBitmap.isSet(buffer, 9)).isTrue();
    assertThat(PageBitmap.isSet(buffer, 0)).isFalse();
    assertThat(PageBitmap.isSet(buffer, 16)).isFalse();
    assertThat(PageBitmap.count(buffer)).isEqualTo(1);
    PageBitmap.clear(buffer, 9);
    assertThat(buffer.array()).containsExactly(-1, 0, 0, -1);
  }
}
