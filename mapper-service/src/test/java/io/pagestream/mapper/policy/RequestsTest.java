package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestsTest {
  @Test
  void a_type_alone_is_for_memory_and_what_counts_as_memory() {
    Requests requests = Requests.parse(List.of("write-combined"));

    assertThat(requests.of(RangeKind.RAM)).isEqualTo(RequestedType.WRITE_COMBINED);
    assertThat(requests.of(RangeKind.UNKNOWN)).isEqualTo(RequestedType.WRITE_COMBINED);
    assertThat(requests.of(RangeKind.ACPI)).isEqualTo(RequestedType.CACHED);
    assertThat(requests.of(RangeKind.DEVICE)).isEqualTo(RequestedType.UNCACHED);
  }

  @Test
  void a_kind_can_be_named_and_the_last_word_holds() {
    Requests requests =
        Requests.parse(List.of("frame-buffer=uncached", "ram=uncached", "cached", "acpi=uncached"));

    assertThat(requests.of(RangeKind.FRAME_BUFFER)).isEqualTo(RequestedType.UNCACHED);
    assertThat(requests.of(RangeKind.RAM)).isEqualTo(RequestedType.CACHED);
    assertThat(requests.of(RangeKind.ACPI)).isEqualTo(RequestedType.UNCACHED);
  }

  @ParameterizedTest
  @EnumSource
  void every_type_has_a_name_that_leads_back_to_it(RequestedType type) {
    assertThat(RequestedType.named(type.word())).isEqualTo(type);
  }

  @Test
  void names_that_do_not_exist_are_usage_errors_that_list_those_that_do() {
    for (String wrong : List.of("cashed", "ram=", "", "disk=cached", "=cached", "ram=a=b")) {
      assertThatThrownBy(() -> Requests.parse(List.of(wrong)))
          .as(wrong)
          .isInstanceOfSatisfying(
              PagestreamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
          .hasMessageContaining("there is no");
    }
    assertThatThrownBy(() -> Requests.parse(List.of("cashed")))
        .hasMessageContaining("'cashed'")
        .hasMessageContaining("non-cached-unordered");
    assertThatThrownBy(() -> Requests.parse(List.of("disk=cached")))
        .hasMessageContaining("'disk'")
        .hasMessageContaining("firmware-reserved");
  }
}
