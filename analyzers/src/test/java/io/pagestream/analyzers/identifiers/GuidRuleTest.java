package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.TextRuleContract;

final class GuidRuleTest extends TextRuleContract {
  GuidRuleTest() {
    super(
        "guids",
        "guid",
        """
        {«6b29fc40-ca47-1067-b31d-00dd010662da»}
        id=«F47AC10B-58CC-4372-A567-0E02B2C3D479»
        """,
        """
        00000000-0000-0000-0000-000000000000
        f47ac10b-58cc-4372-a567-0e02b2c3d4791
        f47ac10b-58cc-9372-a567-0e02b2c3d479
        f47ac10b-58cc-4372-c567-0e02b2c3d479
        af47ac10b-58cc-4372-a567-0e02b2c3d479
        """);
  }
}
