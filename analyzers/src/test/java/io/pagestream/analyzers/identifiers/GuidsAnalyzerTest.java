package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;
import java.util.Map;

final class GuidsAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "guids";
  }

  @Override
  protected List<Sample> samples() {
    TextSample guid =
        TextSample.of("{f47ac10b-58cc-4372-a567-0e02b2c3d479}")
            .has("guid", "f47ac10b-58cc-4372-a567-0e02b2c3d479", Map.of());
    TextSample nothing = TextSample.of("f47ac10b-58cc-4372-a567-0e02b2c3d4790");
    return List.of(guid.ascii(), guid.wide(), nothing.ascii());
  }
}
