/** Tests. */
@NullMarked
package io.pagestream.findings.web;

import org.jspecify.annotations.NullMarked;
