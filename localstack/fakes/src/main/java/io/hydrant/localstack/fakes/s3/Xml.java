package io.hydrant.localstack.fakes.s3;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** Writes the small XML documents of S3, and reads those of its callers. */
final class Xml {

    static final String CONTENT_TYPE = "application/xml";

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final StringBuilder text =
            new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** Starts a document; errors have no namespace. */
    static Xml document(String root) {
        Xml xml = new Xml();
        xml.text.append('<').append(root);
        if (!root.equals("Error")) {
            xml.text.append(" xmlns=\"").append(NAMESPACE).append('"');
        }
        xml.text.append('>');
        xml.open.push(root);
        return xml;
    }

    Xml start(String element) {
        text.append('<').append(element).append('>');
        open.push(element);
        return this;
    }

    Xml end() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    Xml element(String name, Object value) {
        start(name);
        escape(String.valueOf(value));
        return end();
    }

    byte[] toBytes() {
        while (!open.isEmpty()) {
            end();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\r' -> text.append("&#13;");
                default -> text.append(c);
            }
        }
    }

    /** The root of a caller's document, which must have this name. */
    static Element read(byte[] document, String root) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element element =
                    factory.newDocumentBuilder()
                            .parse(new ByteArrayInputStream(document))
                            .getDocumentElement();
            if (!element.getTagName().equals(root)) {
                throw S3Error.malformedXml("Expected " + root + " but got " + element.getTagName());
            }
            return element;
        } catch (SAXException e) {
            throw S3Error.malformedXml("The XML you provided was not well-formed: " + e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Every Java has an XML parser", e);
        }
    }

    /** The children of this name. */
    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** The text of the child of this name, or null. */
    static String childText(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.get(0).getTextContent();
    }
}
