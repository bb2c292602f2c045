package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;

final class IdentifiersAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "identifiers";
  }

  @Override
  protected List<Sample> samples() {
    TextSample mac =
        TextSample.of("ether 52:54:00:ab:cd:ef ").has("mac-address", "52:54:00:ab:cd:ef");
    TextSample phone = TextSample.of("tel +44 20 7946 0958,").has("phone", "+44 20 7946 0958");
    TextSample american = TextSample.of("(202) 555-0143").has("phone", "(202) 555-0143");
    TextSample vin = TextSample.of("VIN 1M8GDM9AXKP042788").has("vin", "1M8GDM9AXKP042788");
    TextSample nothing = TextSample.of("00:00:00:00:00:00 202-555-0143 +1234 1M8GDM9AXKP042789");
    return List.of(
        mac.ascii(),
        mac.wide(),
        phone.ascii(),
        phone.wide(),
        american.ascii(),
        vin.ascii(),
        vin.wide(),
        nothing.ascii());
  }
}
