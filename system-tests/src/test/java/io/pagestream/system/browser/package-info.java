/** A real browser under test: Chromium, driven over its own protocol, with nothing in between. */
package io.pagestream.system.browser;
