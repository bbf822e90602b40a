//! A connection of the server, which plays the steps of the script.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::Shared;
use super::request::Request;
use super::step::{End, Moment, Part, Step, Trigger};
use crate::clock;

/// The maximum length of a request, which no test reaches.
const MOST_BYTES: usize = 64 * 1024;

pub(super) struct Connection {
    stream: TcpStream,
    number: usize,
    /// Bytes that were read and belong to a request that no step has taken yet.
    buffer: Vec<u8>,
    shared: Arc<Shared>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, number: usize, shared: Arc<Shared>) -> Self {
        Self { stream, number, buffer: Vec::new(), shared }
    }

    /// Serves requests in sequence until the script or the client ends the connection.
    pub(super) async fn serve(mut self) {
        // A client that has disconnected is not a failure of the server.
        let _ = self.play().await;
        clock::happened();
    }

    async fn play(&mut self) -> io::Result<()> {
        self.stream.set_nodelay(true)?;
        let first = self.shared.script().take_for_connection();
        if let Some(step) = first {
            return self.perform(&step).await;
        }
        loop {
            if self.buffer.is_empty() && self.stream.peek(&mut [0]).await? == 0 {
                return Ok(());
            }
            clock::happened();
            let Some(step) = self.shared.script().take() else {
                return Ok(());
            };
            if step.trigger != Trigger::At(Moment::FirstByte) {
                self.read(step.trigger == Trigger::At(Moment::Head)).await?;
            }
            self.record(&step).await?;
            self.perform(&step).await?;
            self.shared.step_done();
            if step.end != End::Keep {
                return Ok(());
            }
        }
    }

    /// Reads a request or only its head, up to the end of the client's data.
    async fn read(&mut self, head_only: bool) -> io::Result<()> {
        loop {
            let length = Request::length(&self.buffer)?;
            if length.is_some_and(|length| head_only || self.buffer.len() >= length) {
                return Ok(());
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Ok(());
            }
            clock::happened();
        }
    }

    /// Records the request, before a response is sent.
    async fn record(&mut self, step: &Step) -> io::Result<()> {
        let mut request = if step.trigger == Trigger::At(Moment::FirstByte) {
            let mut unread = vec![0; MOST_BYTES];
            let length = self.stream.peek(&mut unread).await?;
            Request::parse(&unread[..length], self.number)?
        } else {
            Request::parse(&self.buffer, self.number)?
        };
        request.carried_out = step.carries_out && request.whole;
        self.shared.ledger().add(request);
        let taken = Request::length(&self.buffer)?.unwrap_or(self.buffer.len());
        self.buffer.drain(..taken.min(self.buffer.len()));
        Ok(())
    }

    async fn perform(&mut self, step: &Step) -> io::Result<()> {
        for part in &step.parts {
            match part {
                Part::Bytes(bytes) => self.stream.write_all(bytes).await?,
                Part::Pause(pause) => sleep(*pause).await,
            }
            clock::happened();
        }
        match step.end {
            End::Keep => Ok(()),
            End::Close => self.close().await,
            // With this option, dropping the connection resets it.
            End::Reset => self.stream.set_zero_linger(),
            End::Hang => std::future::pending().await,
        }
    }

    /// Closes the connection gracefully: closing it with unread bytes would reset it.
    async fn close(&mut self) -> io::Result<()> {
        self.stream.shutdown().await?;
        clock::happened();
        while self.stream.read_buf(&mut self.buffer).await? > 0 {
            clock::happened();
        }
        Ok(())
    }
}
