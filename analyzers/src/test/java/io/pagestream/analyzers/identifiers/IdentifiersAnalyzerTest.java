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
    TextSample page =
        TextSample.of(
                "<a href=\"https://www.facebook.com/profile.php?id=100004567891234&amp;sk=about\">")
            .has("facebook-id", "100004567891234");
    TextSample cookie =
        TextSample.of("Cookie: datr=x; c_user=100004567891234; xs=1")
            .has("facebook-id", "100004567891234");
    TextSample member =
        TextSample.of("{\"ACCOUNT_ID\":\"100004567891234\",\"SHORT_NAME\":\"Ann\"}")
            .has("facebook-id", "100004567891234");
    TextSample old =
        TextSample.of("\"profile_owner\":\"521345678\"").has("facebook-id", "521345678");
    TextSample others =
        TextSample.of(
            "c_user=17 \"USER_ID\":\"1042\" facebook.com/profile.php?id=%d fb://profile/11111111"
                + " profile_owner=123456789012345678 actorID\":1000045678912345 c_user=1234");
    TextSample person =
        TextSample.of("SSN: 219-09-9999, ssn=\"219099998\" SSN 000-12-3456")
            .has("ssn", "219-09-9999")
            .has("ssn", "219099998");
    TextSample noPerson =
        TextSample.of(
            "SSN: 666-12-3456 SSN: 900-12-3456 SSN: 123-00-4567 SSN: 123-45-0000 SSN: 123-45-67890"
                + " SSN: 123-456789 XSSN: 123-45-6789");
    TextSample nothing = TextSample.of("00:00:00:00:00:00 202-555-0143 +1234 1M8GDM9AXKP042789");
    return List.of(
        mac.ascii(),
        mac.wide(),
        phone.ascii(),
        phone.wide(),
        american.ascii(),
        vin.ascii(),
        vin.wide(),
        page.ascii(),
        page.wide(),
        cookie.ascii(),
        member.ascii(),
        member.wide(),
        old.ascii(),
        others.ascii(),
        person.ascii(),
        person.wide(),
        noPerson.ascii(),
        nothing.ascii());
  }
}
