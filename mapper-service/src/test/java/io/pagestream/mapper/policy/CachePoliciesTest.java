package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import org.junit.jupiter.api.Test;

class CachePoliciesTest {
  @Test
  void every_name_leads_to_its_profile() {
    assertThat(CachePolicies.names()).containsExactly("windows", "linux", "strict");
    for (String name : CachePolicies.names()) {
      assertThat(CachePolicies.named(name).name()).isEqualTo(name);
    }
  }

  @Test
  void a_profile_that_does_not_exist_is_a_usage_error() {
    assertThatThrownBy(() -> CachePolicies.named("solaris"))
        .isInstanceOfSatisfying(
            PagestreamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("solaris")
        .hasMessageContaining("windows, linux, strict");
  }
}
