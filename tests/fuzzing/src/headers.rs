//! Headers: those of a request arrive as given or the request is not sent; those of its response never stop the client.

use std::time::Duration;

use infobip_whatsapp::{Client, Credentials, Error, Outcome};

use crate::service::exchange;
use crate::{message, wait};

/// The headers that the client sets.
const OWN: &[&str] = &["accept", "authorization", "content-length", "content-type", "host", "user-agent"];

/// Texts separated by the byte 255: a secret, a user agent, the name and the value of a header, and the headers
/// `Retry-After` and `Date` of the response.
pub fn headers(data: &[u8]) {
    let mut texts = data.split(|byte| *byte == 0xff);
    let mut next = || texts.next().unwrap_or_default();
    let [secret, agent, name, value] = [(); 4].map(|()| String::from_utf8_lossy(next()).into_owned());
    let response = response(next(), next());
    let ((built, result), requests) = exchange(response, |address| {
        let client = Client::builder(format!("http://{address}"))
            .credentials(Credentials::api_key(&*secret))
            .user_agent(&*agent)
            .max_attempts(1)
            .timeout(Duration::from_secs(5))
            .build();
        let Ok(client) = client else { return (false, None) };
        let message = message();
        let call = client.send_whatsapp_contact_message(&message).header(&name, &value);
        (true, wait(call.into_future()).err())
    });
    let Some(request) = requests.first() else {
        let outcome = result.as_ref().map(Error::outcome);
        assert!(!built || outcome == Some(Outcome::NotSent), "nothing arrived: {result:?}");
        return;
    };
    assert_eq!(requests.len(), 1, "sent more than once");
    let outcome = result.as_ref().map(Error::outcome);
    assert_ne!(outcome, Some(Outcome::NotSent), "it arrived: {result:?}");
    let _ = result.and_then(|error| error.retry_after());
    check(request, [("authorization", &format!("App {secret}")), ("user-agent", &agent), (&name, &value)]);
}

/// Makes a response whose headers have any values on one line.
fn response(retry_after: &[u8], date: &[u8]) -> Vec<u8> {
    let line = |value: &[u8]| value.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect::<Vec<_>>();
    let head: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\nConnection: close\r\nRetry-After: ";
    [head, &line(retry_after), b"\r\nDate: ", &line(date), b"\r\n\r\n{}"].concat()
}

/// Checks that a request has the given headers, and otherwise only those that the client sets.
fn check(request: &str, expected: [(&str, &String); 3]) {
    let (head, body) = request.split_once("\r\n\r\n").expect("the server read a whole head");
    assert!(body.starts_with('{') && body.ends_with('}'), "the body is one object: {request:?}");
    let lines = head.split("\r\n").skip(1).map(|line| line.split_once(": ").unwrap_or((line, "")));
    let lines: Vec<_> = lines.map(|(name, value)| (name.to_lowercase(), value)).collect();
    let custom = expected[2].0.to_lowercase();
    for (index, (name, value)) in expected.into_iter().enumerate() {
        let name = name.to_lowercase();
        // The header of the call replaces the user agent of the client.
        if index < 2 && name == custom {
            continue;
        }
        let values: Vec<_> = lines.iter().filter(|line| line.0 == name).map(|line| line.1.trim()).collect();
        assert_eq!(values, [value.trim()], "{name}: {request:?}");
    }
    let other = lines.iter().find(|(name, _)| !OWN.contains(&name.as_str()) && *name != custom);
    assert_eq!(other, None, "{request:?}");
}
