/** The physical address space as cells of a picture. */
@NullMarked
package io.pagestream.findings.web.map;

import org.jspecify.annotations.NullMarked;
