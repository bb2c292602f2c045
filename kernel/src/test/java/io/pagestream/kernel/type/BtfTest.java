package io.pagestream.kernel.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.kernel.machine.BtfWriter;
import io.pagestream.kernel.memory.DamagedRecordException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Type information that is written independently. */
final class BtfTest {
  private static final int CONST = 10;
  private static final int TYPEDEF = 8;
  private static final int ARRAY = 3;
  private static final int UNION = 5;

  private final BtfWriter writer = new BtfWriter();
  private final int u32 = writer.integer(4);
  private final int u64 = writer.integer(8);

  @Test
  void membersOfAnonymousMembersBelongToTheStructureAroundThem() {
    int inner = writer.structure(UNION, "", 8, "first", u64, 0, "second", u32, 4);
    int named = writer.structure("pair", 16, "low", u64, 0, "high", u64, 8);
    int alias = writer.type(TYPEDEF, "pair_t", writer.type(CONST, "", named));
    writer.structure("outer", 48, "head", u32, 0, "", inner, 8, "pair", alias, 16);
    Layouts layouts = new Layouts(Btf.of(writer.bytes()));
    assertThat(layouts.size("outer")).isEqualTo(48);
    assertThat(layouts.offset("outer", "second")).isEqualTo(12);
    assertThat(layouts.offset("outer", "pair.high")).isEqualTo(24);
    assertThat(layouts.offset("outer", "gone", "head")).isZero();
    assertThat(layouts.has("outer", "third")).isFalse();
    assertThatThrownBy(() -> layouts.offset("outer", "third"))
        .isInstanceOf(DamagedRecordException.class);
  }

  @Test
  void arraysHaveALength() {
    int array = writer.type(ARRAY, "", 0, u32, u32, 88);
    writer.structure("state", 400, "fixed", array, 8);
    Layouts layouts = new Layouts(Btf.of(writer.bytes()));
    assertThat(layouts.length("state", "fixed")).isEqualTo(88);
    assertThat(layouts.memberSize("state", "fixed")).isEqualTo(352);
  }

  @Test
  void theInformationOfAModuleContinuesThatOfTheKernel() {
    int base = writer.structure("base", 8, "value", u64, 0);
    BtfWriter module = writer.split();
    module.structure("driver", 24, "flags", u32, 0, "inner", base, 16);
    Btf kernel = Btf.of(writer.bytes());
    Layouts layouts = new Layouts(Btf.split(kernel, module.bytes()));
    assertThat(layouts.offset("driver", "inner.value")).isEqualTo(16);
    assertThat(layouts.offset("base", "value")).isZero();
    assertThat(new Layouts(kernel).has("driver")).isFalse();
  }

  @Test
  void everyTruncationIsAnError() {
    writer.structure("outer", 48, "head", u32, 0);
    byte[] whole = writer.bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Btf.of(part)).isInstanceOf(DamagedRecordException.class);
    }
  }

  @Test
  void aCycleOfTypedefsEnds() {
    int self = u64 + 1;
    writer.type(TYPEDEF, "self", self);
    writer.structure("outer", 8, "member", self, 0);
    Layouts layouts = new Layouts(Btf.of(writer.bytes()));
    assertThatThrownBy(() -> layouts.offset("outer", "member"))
        .isInstanceOf(DamagedRecordException.class);
  }
}
