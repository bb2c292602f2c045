package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.TextRuleContract;

final class OnionRuleTest extends TextRuleContract {
  OnionRuleTest() {
    super(
        "web",
        "onion-address",
        """
        http://«duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion»/
        «vmykqhmnbarcuk6kcann5crxy654a5wgo2gp3uigfrah5ett4ye6ymad.onion»
        www.«duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion»:80
        """,
        """
        vmykqhmnbarcuk6kcann5crxy654a5wgo2gp3uigfrah5ett4ye6yaad.onion
        amykqhmnbarcuk6kcann5crxy654a5wgo2gp3uigfrah5ett4ye6ymad.onion
        3g2upl4pq6kufc4m.onion
        """);
  }
}
